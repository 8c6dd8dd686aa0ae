// The server has what the page before sent: the copy on this device is not needed any more.
import { arrive } from "./copies.js";

arrive();
