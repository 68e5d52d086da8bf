"""nginx as it is deployed, on this machine."""

import datetime
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NGINX = Path(__file__).parents[2] / "deploy" / "nginx"
# From this version on a name of an upstream is looked up again and again.
_RESOLVES = (1, 27, 3)
# From this version on HTTP/2 is a directive of its own, and the word behind "listen" gives a warning.
_SPEAKS = (1, 25, 1)


def nginx() -> str:
    """The program; skips where there is none."""
    found = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    if found is None:
        pytest.skip("nginx is not installed")
    return found


def laid_out(folder: Path, gateway: int, plain: int, tls: int) -> Path:
    """The shipped files in a folder, with ports of this machine and a certificate made for the moment; the
    path of the main file.
    """
    program = nginx()
    (folder / "conf.d").mkdir()
    template = (NGINX / "upstream.conf.template").read_text()
    filled = {"${NGINX_LOCAL_RESOLVERS}": "127.0.0.1", "${GATEWAY_HOST}:8080": f"127.0.0.1:{gateway}"}
    for name, value in filled.items():
        assert name in template
        template = template.replace(name, value)
    if _version(program) < _RESOLVES:
        template = template.replace(" resolve ", " ")
    (folder / "conf.d" / "upstream.conf").write_text(template)
    certificate(folder)
    main = (NGINX / "nginx.conf").read_text()
    if _version(program) < _SPEAKS:
        assert "listen 8443 ssl;\n        http2 on;\n" in main
        main = main.replace("listen 8443 ssl;\n        http2 on;\n", "listen 8443 ssl http2;\n")
    for shipped, here in {
        # First: the folder of a test lies there, too.
        "/tmp/": f"{folder}/",
        "/etc/nginx/conf.d": str(folder / "conf.d"),
        "/etc/nginx/tls": str(folder),
        "listen 8000;": f"listen 127.0.0.1:{plain};",
        "listen 8443 ssl": f"listen 127.0.0.1:{tls} ssl",
        "/dev/stdout": str(folder / "access.log"),
    }.items():
        assert shipped in main
        main = main.replace(shipped, here)
    path = folder / "nginx.conf"
    path.write_text(main)
    return path


def _version(program: str) -> tuple[int, ...]:
    said = subprocess.run([program, "-v"], capture_output=True, text=True, check=True).stderr
    numbers = re.search(r"nginx/([\d.]+)", said)
    assert numbers is not None
    return tuple(int(part) for part in numbers[1].split("."))


def certificate(folder: Path) -> None:
    """Puts ``fullchain.pem`` and ``privkey.pem`` for ``localhost`` into a folder."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    begins = datetime.datetime(2026, 1, 1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begins)
        .not_valid_after(begins + datetime.timedelta(days=9999))
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
