// The rules of the bind API in `docs/bind-api`, for its simulations: `trunk serve` (`bind-api.js`) and `./dev.sh live`.

/** The version of the consent that the example files ask for. */
const CONSENT = "2026-01";

/** The state of a new person: not bound, and no `Idempotency-Key` used. A used key keeps its purpose and answer. */
export const nobody = () => ({ bound: false, keys: {} });

/**
 * The name of the example file that answers a request with a valid ID token.
 * @param {{bound: boolean, keys: object}} memory of this person; updated here.
 * @param {boolean} asksConsent whether the shop asks for consent before a bind.
 */
export function answer({ liffId, bindToken, consent, unlink }, { key, sub, memory, asksConsent }) {
  if (!unlink && !bindToken) return "bind-token-missing";
  const purpose = [sub, liffId, unlink ? "unlink" : bindToken].join(" ");
  const known = memory.keys[key];
  if (known && known.purpose !== purpose) return "idempotency-key-reused";
  if (known) return known.answer === "bound" ? "bound-again" : known.answer;

  const agreed = consent?.accepted && consent.version === CONSENT;
  if (unlink && memory.bound && !agreed) return "consent-required-to-unlink";
  if (!unlink && asksConsent && !memory.bound && !agreed) return "consent-required";

  const was = memory.bound ? "bound" : "free";
  const answers = { bind: { bound: "already-bound", free: "bound" }, unlink: { bound: "unlinked", free: "not-linked" } };
  memory.bound = !unlink;
  memory.keys[key] = { purpose, answer: answers[unlink ? "unlink" : "bind"][was] };
  return memory.keys[key].answer;
}

/** The status of an example's answer. */
export const statusOf = (name, body) => body.status ?? (name === "bound" ? 201 : 200);
