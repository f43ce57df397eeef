// Makes or shows a passkey, then sends the form. The desk only.

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) =>
    c.charCodeAt(0),
  );

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const withBytes = (list) => list?.map((item) => ({ ...item, id: toBytes(item.id) }));

// What the server sends is text; what the browser takes is bytes.
function readable(options) {
  const read = { ...options, challenge: toBytes(options.challenge) };
  if (options.user) read.user = { ...options.user, id: toBytes(options.user.id) };
  read.allowCredentials = withBytes(options.allowCredentials);
  read.excludeCredentials = withBytes(options.excludeCredentials);
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value != null));
}

// And back again, with only what the server asks for.
function sendable(credential) {
  const names = ["clientDataJSON", "attestationObject", "authenticatorData"];
  names.push("signature", "userHandle");
  const response = {};
  for (const name of names) {
    if (credential.response[name]) response[name] = toText(credential.response[name]);
  }
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function perform(form) {
  const answer = await fetch(form.dataset.challenge);
  if (!answer.ok) throw new Error(answer.status);
  const { publicKey } = await answer.json();
  const options = { publicKey: readable(publicKey) };
  const credential = await navigator.credentials[form.dataset.passkey](options);
  form.elements.credential.value = JSON.stringify(sendable(credential));
  form.submit();
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const failed = form.querySelector("[data-failed]");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!window.PublicKeyCredential) {
      form.querySelector("[data-missing]").hidden = false;
      return;
    }
    failed.hidden = true;
    perform(form).catch(() => {
      failed.hidden = false;
    });
  });
}
