// Replaces LINE's SDK in debug builds (`scripts/bundle.mjs`), so that `trunk serve` alone shows the whole flow: the
// phone, LINE and the bind API are simulated in the page itself, by a scenario of `tests/scenarios.json`.
// boot.js waits for this script, so everything is in place before the app starts. The order of the imports matters:
// the SDK reads URL and user agent when it is evaluated.
import "./opening.js";
import "./phone.js";
import "./line.js";
import "./bind-api.js";
import "./apps.js";
import "./visits.js";
