"""Sets up ``.venv`` from the locked requirements, or leaves it alone where nothing has changed.

    python3 tools/environment.py [run|lock|tools]

``run`` is what a checkout needs to work, ``lock`` adds tests and lint, ``tools`` all the rest: see requirements/. What is
half-made, was moved, or belongs to another Python is made anew, and every reason is said in one line, in Chinese and English.
Kept to old syntax and the standard library: it must run, and say what is missing, on any Python 3.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
HERE = "{}.{}".format(*sys.version_info[:2])
LEVELS = ("run", "lock", "tools")
PIP = ("-m", "pip", "install", "-qq", "--disable-pip-version-check")


class Refusal(Exception):
    """Why nothing can be set up: one line in Chinese and English."""

    def __init__(self, zh, en):
        super().__init__(zh + " ／ " + en)


def say(zh, en):
    """One line for whoever waits."""
    print(zh + " ／ " + en, flush=True)


class Environment:
    """The environment of one checkout, and the record of what was installed into it."""

    def __init__(self, root, python=None):
        self.root, self.place = root, root / ".venv"
        self.base = python or getattr(sys, "_base_executable", None) or sys.executable
        self.python = self.place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        self.record, self.unfinished = self.place / ".set-up.json", self.place / ".setting-up"

    def set_up(self, level):
        """Bring the environment to a level; does nothing where it is there already."""
        wanted = self.wanted(level)
        self.remove_if_unusable()
        done = self.recorded()
        if all(done.get(key) == value for key, value in wanted.items()):
            return
        if not self.place.exists():
            self.create()
        self.unfinished.touch()
        say(f"正在安装 requirements/{level}.txt …", f"installing requirements/{level}.txt …")
        self.install("--require-hashes", "--requirement", str(self.root / "requirements" / (level + ".txt")))
        self.install("--no-deps", "--no-build-isolation", "--editable", str(self.root))
        for lower in LEVELS[: LEVELS.index(level)]:
            wanted.update(self.wanted(lower))
        self.record.write_text(json.dumps(dict(done, **wanted)), encoding="utf-8")
        self.unfinished.unlink()

    def wanted(self, level):
        """What the record must hold for a level: digests of its inputs, the place, the Python."""
        return {
            level: digest(self.root / "requirements" / (level + ".txt")),
            "project": digest(self.root / "pyproject.toml"),
            "place": str(self.place),
            "python": HERE,
        }

    def recorded(self):
        """What was installed here the last time."""
        try:
            return json.loads(self.record.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}

    def remove_if_unusable(self):
        """Take away what stands at ``.venv`` and is of no use, and say why."""
        reason = self.fault()
        if reason is None:
            return
        say("重建 .venv：" + reason[0], ".venv is made anew: " + reason[1])
        if self.place.is_symlink():
            self.place.unlink()
        else:
            shutil.rmtree(str(self.place))

    def fault(self):
        """Why what stands at ``.venv`` is of no use (Chinese, English); None where it is, or where nothing stands."""
        if not self.place.exists() and not self.place.is_symlink():
            return None
        if self.place.is_file() or (self.place.exists() and not self.is_ours()):
            raise Refusal(
                ".venv 不是 Python 环境，请移走后再试", ".venv is no Python environment; move it away and try again"
            )
        if not self.place.exists() or self.unfinished.exists():
            return "上次没有装完", "the last set-up did not end"
        done = self.recorded()
        if done.get("place", str(self.place)) != str(self.place):
            return "文件夹移动过", "the folder was moved"
        found = self.answer()
        if found is None:
            return "其中的 Python 或 pip 不能用", "its Python or pip does not work"
        if found != HERE:
            return "它属于 Python " + found, "it belongs to Python " + found
        return None

    def is_ours(self):
        """Whether the folder is an environment, or the beginning of one."""
        return (self.place / "pyvenv.cfg").exists() or self.unfinished.exists() or not any(self.place.iterdir())

    def answer(self):
        """The version of the environment's own Python, as 3.11; None where it or its pip is broken or stands elsewhere."""
        code = "import pip, sys; print('{}.{}'.format(*sys.version_info[:2])); print(sys.prefix)"
        try:
            done = subprocess.run(
                [str(self.python), "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True
            )
        except (OSError, subprocess.CalledProcessError):
            return None
        version, prefix = done.stdout.decode("utf-8", "replace").splitlines()
        return version if Path(prefix).resolve() == self.place.resolve() and self.scripts_start() else None

    def scripts_start(self):
        """Whether the scripts name this environment's Python: after a move they would start another, or none."""
        script = self.place / "bin" / "pip"
        if not script.exists():
            return os.name == "nt"
        return str(self.place).encode() in script.read_bytes()[:1000]

    def create(self):
        """An empty environment, or no trace of one."""
        missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
        if missing:
            how = f"sudo apt-get install python{HERE}-venv" if shutil.which("apt-get") else " + ".join(missing)
            raise Refusal(
                "这个 Python 不能建环境，请先安装：" + how,
                "this Python cannot make environments; install first: " + how,
            )
        self.place.mkdir()
        self.unfinished.touch()
        done = subprocess.run([self.base, "-m", "venv", str(self.place)], check=False)
        if done.returncode:
            shutil.rmtree(str(self.place), ignore_errors=True)
            raise Refusal("建不了 .venv，原因见上", ".venv could not be made; the reason stands above")

    def install(self, *what):
        """Install with the environment's own pip, whose errors are shown."""
        done = subprocess.run([str(self.python), *PIP, *what], env=dict(os.environ, PIP_USER="0"), check=False)
        if done.returncode:
            raise Refusal(
                "没有装成，原因见上；改正后再运行一次", "installing failed for the reason above; mend it and run again"
            )


def digest(path):
    """A file's SHA-256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def newer_python():
    """The newest Python on the path that is new enough, for where ``python3`` is an old one."""
    names = (f"python3.{minor}" for minor in range(19, OLDEST[1] - 1, -1))
    return next((found for found in map(shutil.which, names) if found), None)


def main(words):
    """Set up the level asked for (``run`` unless said otherwise); the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    level = words[0] if words else "run"
    if level not in LEVELS or len(words) > 1:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        if sys.version_info < OLDEST:
            other = newer_python()
            if other is None:
                raise Refusal("需要 Python 3.11 或更新的版本", "Python 3.11 or newer is needed")
            return subprocess.call([other, str(Path(__file__).resolve()), level])
        Environment(ROOT).set_up(level)
    except (Refusal, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
