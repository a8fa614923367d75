// In the place of LINE's SDK on the merchant's guide, which knows nothing of LINE: what boot.js asks of it.
globalThis.liffSdk = { isInClient: () => false };
