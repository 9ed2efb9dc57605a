// Markdown links open a new tab and so a new session. This keeps links between our own pages
// inside the app, and tells screen readers that the app speaks Dutch.
export default function ({ setTriggerValue }) {
  document.documentElement.lang = "nl";
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
