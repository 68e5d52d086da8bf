"""The console of staff: pages to see, answer, review and steer, served by a process of its own.

How to add a page:

1. A file for the page group, ``bot/console/<noun>.py``, with ``routes() -> list[Route]`` and handlers
   ``async def name(request: Request) -> Response``. Each handler is wrapped by ``@needs(Permission.X)`` of
   ``guard`` (several: any of them; none: everybody who has entered). The guard looks at session, second
   factor, permission and, for every POST, the CSRF token; a handler behind it need not.
2. Inside, ``console = console_of(request)`` (``context``) and ``visitor = visitor_of(request)`` (``guard``).
   Work with the database is a plain function ``work(connection, …)`` run by ``await console.run(work, …)``:
   one transaction in a thread, tried again after a lost lock. Deeds end with
   ``audit.record(connection, visitor.actor, …, console.now())`` in that same transaction.
3. ``return console.page(request, "<noun>.html", status=…, **values)``. The template extends ``base.html`` and
   fills ``title`` and ``main``. It has ``say("key", **values)``, ``name(<member of an enum>)``,
   ``stamp(seconds)`` (dd/MM/yyyy HH:mm where the citizens are), ``asset("file")``, ``visitor``, ``csrf`` and
   ``path``. Each ``<form method="post">`` begins with ``{% include "csrf.html" %}``; scripts send ``X-CSRF``
   from ``<meta name="csrf">`` instead. Fields of a wtforms ``Form`` (``forms``) are drawn by
   ``{% from "fields.html" import field, choices, tick %}``.
4. After a POST answer ``console.to("/console/…", done="key")``: 303, and the page says ``done_<key>``;
   ``fault="key"`` for what went wrong.
   A form with mistakes is shown again with status 422.
5. Texts: ``data/console/texts.yaml`` or another ``data/console/texts_<noun>.yaml``; no key twice or unused.
   Members of an enum need ``<enum>_<member>`` in lower case, all of them, and the enum a place in
   ``wording.NAMED``.
6. Put the module into ``app.GROUPS`` and, when it has a place in the menu, a ``Place`` into ``navigation``.
7. Scripts and styles are files in ``static``, loaded with ``asset``; a script in ``{% block scripts %}``. The
   policy allows nothing inline. ``data-keys="c"`` on any link, button or field makes it a shortcut that "?"
   lists by its ``data-keys-name`` or text. All must work without scripts.

A script that asks (``Sec-Fetch-Dest: empty``) gets 401 instead of a redirect once the session has ended.
"""
