// In the place of `src/check.js` in `trunk serve`: LINE's mock stays, and everybody has agreed to everything.
import "../../src/check-files.js";

liffSdk.permission = { getGrantedAll: async () => liffSdk.getContext().scope };
