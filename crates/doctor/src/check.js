// The merchant's doctor in the place of the app: boot.js imports this where the URL says `check=1`, and goes on with the files
// that it then finds in the <meta> tags.
import Permission from "@line/liff/permission";
import "./files.js";

// The customer's SDK does without it.
liffSdk.permission = new Permission().install();
