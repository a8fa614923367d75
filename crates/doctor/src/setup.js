// In the place of LINE's SDK on the merchant's guide, which runs in any browser and knows nothing of LINE. boot.js waits for
// an SDK before it starts the module, and asks of it one thing: whether the page runs in LINE's own browser. It does not.
globalThis.liffSdk = { isInClient: () => false };
