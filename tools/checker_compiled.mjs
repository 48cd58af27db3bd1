// Runs checks in the checker's own Python, and compiles the modules of others that these have loaded: that costs each browser two seconds.
//
//     node tools/checker_compiled.mjs FOLDER ENGINE.zip FILE…
//
// FOLDER: what make checker has fetched; python_stdlib.zip and packages.zip in it are written anew. What no check has loaded stays
// text. The engine's own modules stay text too: a site is built of the engine that is there then. FILE…: what is checked, each alone.
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, engine, ...files] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(join(folder, "pyodide.mjs")).href);
const python = await loadPyodide({ indexURL: `${folder}/` });
const bytes = (path) => new Uint8Array(readFileSync(path));
python.unpackArchive(bytes(join(folder, "packages.zip")), "zip", { extractDir: "/engine/lib" });
python.unpackArchive(bytes(engine), "zip", { extractDir: "/engine" });
python.runPython(`
import importlib._bootstrap_external as packing, io, sys, zipfile
from pathlib import Path
sys.path.insert(0, "/engine/lib")
sys.dont_write_bytecode = True
from banshi.browser.session import begun
session = begun(Path("/engine/centre"), Path("/files"))

THEN = (1980, 1, 1, 0, 0, 0)

def compiled(text, place, optimize):
    """As Python keeps it beside a text, to be used without looking at that."""
    return packing._code_to_hash_pyc(compile(text, place, "exec", dont_inherit=True, optimize=optimize), bytes(8), False)

def loaded():
    return {file for each in list(sys.modules.values()) if (file := getattr(each, "__file__", None))}

def rewritten(packed, place, optimize):
    """An archive with what was loaded of it compiled."""
    used, made, source = loaded(), io.BytesIO(), zipfile.ZipFile(io.BytesIO(packed))
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(source.namelist()):
            data = source.read(name)
            if name.endswith(".py") and place + name in used:
                name, data = name + "c", compiled(data, place + name, optimize)
            archive.writestr(zipfile.ZipInfo(name, THEN), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()
`);
const open = python.runPython("lambda name, data: session.open([(name, data.to_bytes())])");
for (const file of files) open(basename(file), bytes(file));
const write = (name, made) => writeFileSync(join(folder, name), made.toJs());
const rewritten = python.runPython("lambda data, place, optimize: rewritten(data.to_bytes(), place, optimize)");
const stdlib = python.runPython("next(way for way in sys.path if way.endswith('.zip'))");
write("python_stdlib.zip", rewritten(bytes(join(folder, "python_stdlib.zip")), `${stdlib}/`, 2));
write("packages.zip", rewritten(bytes(join(folder, "packages.zip")), "/engine/lib/", 0));
