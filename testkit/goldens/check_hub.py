"""A cache written by Headway is read by Python's huggingface_hub without network, and the other way round.

    python check_hub.py HEADWAY

A server in this process speaks the hub's HTTP; both pull a small model from it.
"""

import hashlib
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

COMMIT = "0123456789abcdef0123456789abcdef01234567"
FILES = {"config.json": b'{"model_type": "gpt2"}', "1_Pooling/config.json": b"{}", "model.safetensors": bytes(range(256)) * 3000,
         "tokenizer.json": b'{"a": "\xc3\xbc"}'}  # fmt: skip


class Server(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, body, headers=(), status=200):
        self.send_response(status)
        for key, value in dict(headers).items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_GET(self):
        path = self.path.split("?")[0]
        if path.startswith("/api/models/"):
            # Python asks for more than Headway does.
            listing = {"id": "org/name", "modelId": "org/name", "sha": COMMIT, "siblings": [{"rfilename": f} for f in FILES]}
            if "/tree/" in path:
                listing = [{"type": "file", "path": f, "size": len(b), "oid": hashlib.sha1(b"blob %d\0" % len(b) + b).hexdigest()} for f, b in FILES.items()]
            return self.answer(json.dumps(listing).encode(), {"Content-Type": "application/json"})
        file = path.split("/", 5)[-1]
        body = FILES.get(file)
        if body is None:
            return self.answer(b"", {"X-Error-Code": "EntryNotFound"}, 404)
        large = file.endswith(".safetensors")
        etag = hashlib.sha256(body).hexdigest() if large else hashlib.sha1(b"blob %d\0" % len(body) + body).hexdigest()
        headers = {"X-Repo-Commit": COMMIT, "ETag": f'"{etag}"', "Accept-Ranges": "bytes"}
        if large:
            headers |= {"X-Linked-Etag": f'"{etag}"', "X-Linked-Size": str(len(body))}
        wanted = self.headers.get("Range")
        if wanted:
            start = int(wanted.split("=")[1].split("-")[0])
            return self.answer(body[start:], headers | {"Content-Range": f"bytes {start}-{len(body) - 1}/{len(body)}"}, 206)
        self.answer(body, headers)

    do_HEAD = do_GET


def python(code, cache, **more):
    env = dict(os.environ) | {"HF_HUB_CACHE": str(cache), "HF_HUB_DISABLE_XET": "1"} | more
    return subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True)


def main(headway):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    endpoint = f"http://127.0.0.1:{server.server_port}"
    root = Path(tempfile.mkdtemp())
    snapshot = "import huggingface_hub as h; print(h.snapshot_download('org/name'))"
    try:
        ours = root / "ours"
        env = dict(os.environ) | {"HF_HUB_CACHE": str(ours), "HF_ENDPOINT": endpoint}
        run = subprocess.run([headway, "pull", "org/name", "--json"], env=env, capture_output=True, text=True)
        print("headway pull:", run.returncode, run.stdout.strip()[:200], run.stderr.strip()[-300:])
        read = python(snapshot, ours, HF_HUB_OFFLINE="1")
        folder = Path(read.stdout.strip())
        assert read.returncode == 0 and folder == Path(json.loads(run.stdout)["folder"]), read.stderr
        assert all((folder / f).read_bytes() == b for f, b in FILES.items())
        scan = python("import huggingface_hub as h; r = h.scan_cache_dir(); print(len(r.repos), len(r.warnings), [x.refs for x in list(r.repos)[0].revisions])", ours)
        print("Python scans it:", scan.stdout.strip(), scan.stderr.strip()[-300:])
        assert scan.stdout.startswith("1 0 [frozenset({'main'})]")
        again = python(snapshot, ours, HF_ENDPOINT=endpoint)
        assert again.returncode == 0 and Path(again.stdout.strip()) == folder, again.stderr

        theirs = root / "theirs"
        run = python(snapshot, theirs, HF_ENDPOINT=endpoint)
        assert run.returncode == 0, run.stderr
        env = dict(os.environ) | {"HF_HUB_CACHE": str(theirs), "HF_HUB_OFFLINE": "1"}
        listed = subprocess.run([headway, "list", "--json"], env=env, capture_output=True, text=True)
        print("headway list:", listed.stdout.strip()[:300], listed.stderr.strip())
        model = json.loads(listed.stdout)["models"][0]
        assert model["name"] == "org/name" and model["revisions"] == ["main"] and model["bytes"] == sum(map(len, FILES.values()))
        env = dict(os.environ) | {"HF_HUB_CACHE": str(theirs), "HF_ENDPOINT": endpoint}
        pulled = subprocess.run([headway, "pull", "org/name", "--json"], env=env, capture_output=True, text=True)
        assert json.loads(pulled.stdout)["fetched"] == 0, pulled
        removed = subprocess.run([headway, "rm", "org/name"], env=env, capture_output=True, text=True)
        print("headway rm:", removed.stdout.strip())
        assert not list(theirs.glob("models--*"))
        print("both read each other's cache")
    finally:
        shutil.rmtree(root)


if __name__ == "__main__":
    main(sys.argv[1])
