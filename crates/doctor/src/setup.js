// Stands in for LINE's SDK on the merchant's guide, which runs in any browser and knows nothing of LINE. boot.js waits
// for an SDK before it starts the module, and asks it one thing: whether the page runs in LINE's own browser. It
// doesn't.
globalThis.liffSdk = { isInClient: () => false };
