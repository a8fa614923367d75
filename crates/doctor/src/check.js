// Starts the merchant's doctor instead of the app: boot.js imports this if the URL says `check=1`, and then continues
// with the files in the <meta> tags.
import Permission from "@line/liff/permission";
import "./files.js";

// The customer's SDK doesn't have it.
liffSdk.permission = new Permission().install();
