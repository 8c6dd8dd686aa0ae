// Signing out leaves nothing on this device of what was waiting to be sent to a sitting.
const PREFIX = "parere.outbox.";

export function start(form) {
  form.addEventListener("submit", () => {
    try {
      Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => localStorage.removeItem(key));
    } catch {
      // where storage is off nothing was kept
    }
  });
}
