// Builds static/vendor: one style sheet, the scripts, the fonts, the icons and a manifest {name: file}.
// Run with `npm run build`; `npm run sizes` also prints what each file weighs.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { PurgeCSS } from "purgecss";
import * as sass from "sass";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const OUT = join(ROOT, "static/vendor");
const TARGET = ["chrome100", "firefox100", "safari15.4"];
const FONTS = {
  "titillium-web-400.woff2": "@fontsource/titillium-web/files/titillium-web-latin-400-normal.woff2",
  "titillium-web-600.woff2": "@fontsource/titillium-web/files/titillium-web-latin-600-normal.woff2",
  "titillium-web-700.woff2": "@fontsource/titillium-web/files/titillium-web-latin-700-normal.woff2",
  "lora-400.woff2": "@fontsource/lora/files/lora-latin-400-normal.woff2",
};
// Pages that arrive on the telephones of a whole hall at once get a style sheet of their own, without what they do not use.
const LIGHT = {
  "seat.css": {
    pages: ["follow/seat.html", "follow/why.html"],
    modules: ["static/js/app.js", "static/js/base", "static/js/live.js", "static/js/live/pulse.js", "static/js/follow", "static/js/floor/clock.js", "portal/web/labels.py"],
  },
};
// Classes put together at run time, so that no source file spells them out.
const SAFELIST = [/^tone-/, /^is-/, /^collaps/, /^show$/, /^badge/, /^alert/];

const manifest = {};
const parts = []; // what several scripts share: named by them, not by pages

function filesUnder(folder, endings) {
  const base = join(ROOT, folder);
  if (!existsSync(base)) return [];
  return readdirSync(base, { recursive: true })
    .map((name) => join(base, String(name)))
    .filter((path) => endings.some((end) => path.endsWith(end)) && statSync(path).isFile())
    .sort();
}

function keep(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const dot = name.lastIndexOf(".");
  const file = `${name.slice(0, dot)}.${hash}${name.slice(dot)}`;
  mkdirSync(dirname(join(OUT, file)), { recursive: true });
  writeFileSync(join(OUT, file), content);
  manifest[name] = file;
  return file;
}

function sources() {
  return [
    ...filesUnder("templates", [".html"]),
    ...filesUnder("static/js", [".js"]),
    ...filesUnder("portal", [".py"]),
  ];
}

function fonts() {
  for (const [name, path] of Object.entries(FONTS)) keep(name, readFileSync(join(ROOT, "node_modules", path)));
}

/** Bootstrap Italia, compiled with our palette and reduced to the classes that our sources name. */
async function bootstrap() {
  const compiled = sass.compile(join(ROOT, "static/css/bootstrap.scss"), {
    loadPaths: [join(ROOT, "node_modules/bootstrap-italia/src/scss")],
    quietDeps: true,
    silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
    logger: sass.Logger.silent,
  });
  const css = await purge(compiled.css, sources());
  return css.replace(/@charset[^;]+;/g, "");
}

/** The templates that a page is made of: itself, and whatever it extends, includes and imports. */
function madeOf(name, known = new Set()) {
  const path = join(ROOT, "templates", name);
  if (known.has(path) || !existsSync(path)) return known;
  known.add(path);
  for (const [, other] of readFileSync(path, "utf8").matchAll(/\b(?:extends|include|from|import)\s+"([^"]+\.html)"/g)) madeOf(other, known);
  return known;
}

async function light(whole) {
  for (const [name, { pages, modules }] of Object.entries(LIGHT)) {
    const known = new Set();
    for (const page of pages) madeOf(page, known);
    const files = modules.flatMap((one) => (statSync(join(ROOT, one)).isFile() ? [join(ROOT, one)] : filesUnder(one, [".js", ".py"])));
    const css = await purge(whole, [...known, ...files]);
    keep(name, (await esbuild.transform(css, { loader: "css", minify: true, target: TARGET })).code);
  }
}

async function purge(css, paths) {
  const [purged] = await new PurgeCSS().purge({
    content: paths.map((path) => ({ raw: readFileSync(path, "utf8"), extension: "html" })),
    css: [{ raw: css }],
    safelist: SAFELIST,
    variables: true,
    keyframes: true,
    defaultExtractor: (text) => text.match(/[\w-/:]+(?<!:)/g) || [],
  });
  return purged.css;
}

async function styles() {
  // plain.css lists the layers in their order: the same list serves the pages with and without a build.
  const plain = readFileSync(join(ROOT, "static/css/plain.css"), "utf8");
  const layers = [...plain.matchAll(/@import url\("([^"]+)"\)/g)].map(([, name]) => name);
  const own = layers.map((name) => readFileSync(join(ROOT, "static/css", name), "utf8"));
  const faces = readFileSync(join(ROOT, "static/css/fonts.css"), "utf8").replace(
    /url\("([^"]+)"\)/g,
    (_, name) => `url("./${manifest[name]}")`,
  );
  // Our own rules stand outside the layer, so that they win without a contest of specificity.
  const whole = `@layer bootstrap {\n${await bootstrap()}\n}\n${faces}\n${own.join("\n")}`;
  const { code } = await esbuild.transform(whole, { loader: "css", minify: true, target: TARGET });
  keep("parere.css", code);
  await light(whole);
  // The window of a hall stands alone: it needs none of the above but the letters.
  const hall = readFileSync(join(ROOT, "static/css/screen.css"), "utf8");
  const alone = await esbuild.transform(`${faces}\n${hall}`, { loader: "css", minify: true, target: TARGET });
  keep("screen.css", alone.code);
}

async function scripts() {
  const base = join(ROOT, "static/js");
  const screens = filesUnder("static/js", [".js"]).filter((path) => {
    const [folder, rest] = relative(base, path).split("/");
    return rest !== undefined && folder !== "base";
  });
  const entryPoints = [{ in: join(base, "app.js"), out: "app" }];
  for (const path of screens) entryPoints.push({ in: path, out: relative(base, path).replace(/\.js$/, "") });
  const built = await esbuild.build({
    entryPoints, absWorkingDir: ROOT, bundle: true, splitting: true, minify: true, format: "esm", target: TARGET, outdir: OUT,
    entryNames: "[dir]/[name].[hash]", chunkNames: "part.[hash]", metafile: true, legalComments: "none", logLevel: "warning",
  });
  for (const [file, { entryPoint }] of Object.entries(built.metafile.outputs)) {
    if (!entryPoint) {
      parts.push(relative("static/vendor", file));
      continue;
    }
    manifest[relative("static/js", entryPoint)] = relative("static/vendor", file);
  }
}

/** Only the icons that a template or a page's module names ("check"); icon("…") with an unknown name stops the build. */
function icons() {
  const folder = join(ROOT, "node_modules/bootstrap-italia/src/svg");
  const known = new Set(readdirSync(folder).map((file) => file.replace(/^it-|\.svg$/g, "")));
  const named = new Set();
  for (const path of [...filesUnder("templates", [".html"]), ...filesUnder("portal/web", [".py"])]) {
    const text = readFileSync(path, "utf8");
    for (const [, name] of text.matchAll(/["'](?:it-)?([a-z][a-z0-9-]*)["']/g)) if (known.has(name)) named.add(name);
    for (const [, name] of text.matchAll(/icon\(\s*["'](?:it-)?([a-z0-9-]+)["']/g)) {
      if (!known.has(name)) throw new Error(`${relative(ROOT, path)}: no icon is called "${name}": choose one from ${relative(ROOT, folder)}`);
    }
  }
  const symbols = [];
  for (const name of [...named].sort()) {
    const svg = readFileSync(join(folder, `it-${name}.svg`), "utf8");
    const box = svg.match(/viewBox="([^"]+)"/)?.[1] ?? "0 0 24 24";
    const body = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/\s*\n\s*/g, "");
    symbols.push(`<symbol id="it-${name}" viewBox="${box}">${body}</symbol>`);
  }
  keep("icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
}

function sizes() {
  for (const [name, file] of Object.entries(manifest).sort()) {
    const bytes = readFileSync(join(OUT, file));
    const packed = name.endsWith(".woff2") ? bytes.length : gzipSync(bytes, { level: 6 }).length;
    const brotli = name.endsWith(".woff2") ? bytes.length : brotliCompressSync(bytes).length;
    console.log(`${String(bytes.length).padStart(8)} ${String(packed).padStart(7)} gzip ${String(brotli).padStart(7)} brotli  ${name}`);
  }
}

/** The manifest changes in one step and last; files that neither it nor the one before it names are removed. */
function publish() {
  const path = join(OUT, "manifest.json");
  const before = existsSync(path) ? Object.values(JSON.parse(readFileSync(path, "utf8"))) : [];
  const sorted = Object.fromEntries(Object.entries(manifest).sort());
  writeFileSync(`${path}.new`, `${JSON.stringify(sorted, null, 2)}\n`);
  renameSync(`${path}.new`, path);
  const kept = new Set(["manifest.json", ...parts, ...before, ...Object.values(manifest)]);
  for (const file of filesUnder("static/vendor", [""])) if (!kept.has(relative(OUT, file))) rmSync(file, { force: true });
}

mkdirSync(OUT, { recursive: true });
fonts();
await styles();
await scripts();
icons();
publish();
if (process.argv.includes("--sizes")) sizes();
