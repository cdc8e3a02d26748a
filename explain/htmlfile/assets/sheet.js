(function () {
  "use strict";

  // Whatever lies around the place that the address names is unfolded, and the reader
  // is taken there.
  function reveal() {
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (var at = target; at; at = at.parentElement) {
      if (at.tagName === "DETAILS") at.open = true;
    }
    target.scrollIntoView();
    (target.tagName === "DETAILS" ? target.firstElementChild : target).focus({ preventScroll: true });
  }

  addEventListener("hashchange", reveal);
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[href^='#']");
    // The same address again is no change of it.
    if (link && link.getAttribute("href") === location.hash) {
      event.preventDefault();
      reveal();
    }
  });

  document.querySelectorAll("button[data-fold]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var open = button.dataset.open === "yes";
      document.getElementById(button.dataset.fold).querySelectorAll("details").forEach(function (d) { d.open = open; });
    });
  });

  reveal();
})();
