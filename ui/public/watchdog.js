// Shows a plain message when the interface did not start. Runs before, and without, everything else: it must not
// depend on the build, the fonts or the language of the system.
(function () {
  'use strict';
  var failures = [];

  function started() {
    var app = document.getElementById('app');
    return app !== null && app.childElementCount > 0;
  }

  function line(tag, text) {
    var element = document.createElement(tag);
    element.textContent = text;
    return element;
  }

  function show() {
    if (started() || document.getElementById('watchdog') !== null) return;
    var page = document.createElement('main');
    page.id = 'watchdog';
    page.setAttribute('role', 'alert');
    page.style.cssText =
      'max-width:36rem;margin:18vh auto 0;padding:0 2rem;font:17px/1.5 Georgia,serif;color:CanvasText;background:Canvas';
    page.appendChild(line('h1', 'Forkbeard could not start its window'));
    page.appendChild(
      line(
        'p',
        'Your library is untouched: everything that was saved is still on disk. Close the window and start ' +
          'Forkbeard again. If it happens again, install the newest version, or open the library with the ' +
          'command line tool (beard doctor).',
      ),
    );
    if (failures.length > 0) {
      var details = document.createElement('pre');
      details.style.cssText = 'white-space:pre-wrap;font-size:13px;opacity:.75';
      details.textContent = failures.join('\n');
      page.appendChild(details);
    }
    var again = line('button', 'Try again');
    again.style.cssText = 'font:inherit;padding:.3em 1em;cursor:pointer';
    again.addEventListener('click', function () {
      location.reload();
    });
    page.appendChild(again);
    document.body.appendChild(page);
  }

  window.addEventListener(
    'error',
    function (event) {
      failures.push(event.message || 'A part of the program could not be loaded.');
      // A script that cannot be loaded or read will not get better by waiting.
      if (!started()) setTimeout(show, 400);
    },
    true,
  );
  window.addEventListener('unhandledrejection', function (event) {
    failures.push(String(event.reason));
  });
  // Long enough for a cold start on a slow, busy machine; the page takes the message away if it comes after all.
  setTimeout(show, 20000);
})();
