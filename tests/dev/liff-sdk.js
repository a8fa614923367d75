globalThis.liffSdk = {};
