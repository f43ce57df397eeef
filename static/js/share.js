// Un-hides what needs a browser's help: its own share sheet, and copying.
const share = document.querySelector("[data-share]");
const copy = document.querySelector("[data-copy]");

if (share && navigator.share) {
  const { text, url } = share.dataset;
  share.hidden = false;
  share.addEventListener("click", () => {
    // Closing the sheet again is no failure.
    navigator.share({ text, url }).catch(() => {});
  });
}

if (copy) {
  const field = document.getElementById(copy.dataset.copy);
  const said = document.getElementById("share-said");
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy");
    }
    said.textContent = copy.dataset.done;
  });
}
