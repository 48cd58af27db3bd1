// Runs banshi's own Python beside the page: nothing it reads is sent anywhere, it asks this site alone for its own program.
import { loadPyodide } from "../checker/pyodide.mjs";

const base = new URL("../checker/", import.meta.url);
const own = self.fetch;
let got = 0;

// What comes in is counted, so that the page can say how far it is; what does not come ends the waiting: Pyodide waits on.
let missing = () => {};
self.fetch = async (...asked) => {
  const name = String(asked[0]?.url ?? asked[0]).split("/").at(-1);
  const answer = await own(...asked).catch((error) => { missing(new Error(`${name}: ${error.message}`)); throw error; });
  if (!answer.ok) missing(new Error(`${name}: ${answer.status}`));
  if (!answer.ok || !answer.body) return answer;
  const counted = new TransformStream({
    transform(piece, out) {
      got += piece.byteLength;
      self.postMessage({ got });
      out.enqueue(piece);
    },
  });
  return new Response(answer.body.pipeThrough(counted), { status: answer.status, headers: answer.headers });
};

const bytes = async (name) => new Uint8Array(await (await fetch(new URL(name, base))).arrayBuffer());
const NO_PROGRAM = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);

const begin = () => new Promise((yes, no) => {
  missing = no;
  begun().then(yes, no);
});
const begun = async () => {
  new WebAssembly.Module(NO_PROGRAM); // where the site's policy forbids WebAssembly, this says so
  const archives = Promise.all([bytes("packages.zip"), bytes("engine.zip")]);
  const python = await loadPyodide({ indexURL: base.href });
  self.postMessage({ stage: "unpack" });
  const [packages, engine] = await archives;
  python.unpackArchive(packages, "zip", { extractDir: "/engine/lib" });
  python.unpackArchive(engine, "zip", { extractDir: "/engine" });
  self.postMessage({ stage: "begin" });
  return python.runPython(`
import sys
sys.path.insert(0, "/engine/lib")
sys.dont_write_bytecode = True
from pathlib import Path
from banshi.browser.session import begun
class Asked:
    def __init__(self):
        self.session = begun(Path("/engine/centre"), Path("/files"))
    def open(self, files):
        return self.session.open([(each.name, each.data.to_bytes()) for each in files])
    def change(self, *said):
        return self.session.change(*said)
    def report(self):
        return self.session.report()
    def annotated(self, path):
        return self.session.annotated(path)
    def file(self, path):
        return self.session.file(path)
    def outline(self):
        return self.session.outline()
Asked()
`);
};

let session = null;
self.onmessage = async ({ data }) => {
  const { id, ask, said } = data;
  try {
    session ??= begin();
    const asked = await session.catch((error) => { session = null; throw error; });
    const before = performance.now();
    let answer = asked[ask](...said);
    if (answer?.toJs) {
      const proxy = answer;
      answer = proxy.toJs();
      proxy.destroy();
    }
    self.postMessage({ id, answer, took: performance.now() - before });
  } catch (error) {
    self.postMessage({ id, error: String(error?.message ?? error) });
  }
};
