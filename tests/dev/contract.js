// The contract for requests to the bind API: the headers of `docs/bind-api`, and a body of the examples' shape.
import plain from "../../docs/bind-api/examples/request.json";
import check from "../../docs/bind-api/examples/request-check.json";
import agreedToUnlink from "../../docs/bind-api/examples/request-unlink-with-consent.json";
import unlink from "../../docs/bind-api/examples/request-unlink.json";
import agreed from "../../docs/bind-api/examples/request-with-consent.json";

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const NULLABLE = ["bindToken", "consent", "client.lineVersion", "client.sdkVersion", "client.viewType"];

/** Lists how a request departs from the contract; empty if it does not. */
export function deviations(request, text) {
  const found = [];
  const expect = (holds, words) => holds || found.push(words);
  const header = (name) => request.headers.get(name);

  expect(request.method === "POST", `the method is ${request.method}`);
  expect(header("Content-Type") === "application/json", `Content-Type is ${header("Content-Type")}`);
  expect(header("Accept") === "application/json, application/problem+json", `Accept is ${header("Accept")}`);
  expect(header("Authorization") === null, "there is an Authorization header");
  expect(request.credentials === "same-origin", `credentials are ${request.credentials}`);
  expect(request.redirect === "manual", `redirects are ${request.redirect}`);

  let body = null;
  try {
    body = JSON.parse(text);
  } catch {
    return [...found, "the body is no JSON"];
  }
  const key = header("Idempotency-Key");
  expect(UUID_V4.test(key) || (body?.check && key === null), `Idempotency-Key is ${key}`);
  // The doctor's check needs no sign-in.
  if (body?.check) compare({ ...body, idToken: body.idToken ?? "" }, check, "", found);
  else if (body?.unlink) compare(body, body.consent ? agreedToUnlink : unlink, "", found);
  else compare(body, body?.consent ? agreed : plain, "", found);
  const language = body?.client?.language;
  expect(header("Accept-Language") === language, `Accept-Language is ${header("Accept-Language")}, not ${language}`);
  return found;
}

/** Notes where the shape of `value` differs from that of `example`; the values themselves may differ. */
function compare(value, example, path, found) {
  if (value === null && NULLABLE.includes(path)) return;
  const type = (value) => (value === null ? "null" : typeof value);
  if (type(value) !== type(example) && !(example === null && NULLABLE.includes(path))) {
    found.push(`${path || "the body"} is a ${type(value)}, not a ${type(example)}`);
    return;
  }
  if (type(example) !== "object") return;
  for (const name of new Set([...Object.keys(value), ...Object.keys(example)])) {
    const member = path ? `${path}.${name}` : name;
    if (!(name in example)) found.push(`${member} is unknown`);
    else if (!(name in value)) found.push(`${member} is missing`);
    else compare(value[name], example[name], member, found);
  }
}
