// Beside a long text the short form stays in sight. The long one would not fit there: it
// scrolls with the page, and nothing moves under the reader's hand when it grows.
const beside = document.querySelector(".beside");
const council = beside.querySelector("[value=council]");

function letGo() {
  const before = council.getBoundingClientRect().top;
  beside.classList.add("grown");
  const moved = council.getBoundingClientRect().top - before;
  if (moved) scrollBy({ top: moved, behavior: "instant" });
}

if (council) {
  council.addEventListener("change", letGo);
  if (council.checked) letGo();
}
