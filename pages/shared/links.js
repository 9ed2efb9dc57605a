// Three small things a page of ours needs and Streamlit does not do:
// it says that the text is Dutch, keeps links between our own pages inside the app (Markdown
// links open a new tab and so a new session), and completes the address without an extra step
// for the back button.
export default function ({ data, setTriggerValue }) {
  document.documentElement.lang = "nl";

  if (data.query && location.search !== "?" + data.query) {
    history.replaceState(history.state, "", location.pathname + "?" + data.query);
  }

  const follow = (event) => {
    const link = event.target.closest?.('a[target="_blank"]');
    const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey;
    if (!link || elsewhere || link.origin !== location.origin) return;
    if (link.pathname.includes("/media/")) return;
    event.preventDefault();
    setTriggerValue("address", link.pathname + link.search);
  };
  document.addEventListener("click", follow);
  return () => document.removeEventListener("click", follow);
}
