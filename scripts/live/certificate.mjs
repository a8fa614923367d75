import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A self-signed certificate for localhost, made once: a browser remembers the exception for it. */
export function ownCertificate(folder) {
  const [cert, key] = ["localhost.pem", "localhost-key.pem"].map((name) => join(folder, name));
  if (!existsSync(cert)) {
    mkdirSync(folder, { recursive: true });
    const names = "subjectAltName=DNS:localhost,IP:127.0.0.1";
    const ec = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
    try {
      const request = ["req", "-x509", ...ec, "-days", "365", "-subj", "/CN=localhost", "-addext", names];
      execFileSync("openssl", [...request, "-keyout", key, "-out", cert], { stdio: "pipe" });
    } catch (cause) {
      const said = cause.code === "ENOENT" ? "it isn't installed" : cause.stderr;
      throw new Error(`openssl made no certificate (${said}): mend that, or name your own with --cert and --key`);
    }
  }
  return { cert: readFileSync(cert), key: readFileSync(key) };
}
