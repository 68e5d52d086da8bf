"""A double of the government systems for tests: one-stop adapter, payment platform, log-in, EMC, portal.

Holds to what public material and deployed code show of them; the rest is a setting, or is marked "assumed"
where it is decided. ``government.Government`` is what tests use::

    with Government() as gov:                        # a server on a free port of this machine
        gov.url, gov.payment_url                     # paths: gov.LOGIN, gov.CALL (defaults of the bot)
        gov.settings.username / password / unit / destination / partner / secret / payment_token
        gov.configure(codes="string", encoded=True, session_calls=3, missing="error")
        gov.expire_sessions()

        gov.codes(status=5)                          # seeded: 60 dossiers, six in each status 1–10
        gov.dossier(code)                            # its record, fields of DongBoHoSoMC; None: unknown
        gov.hide(code); gov.hide()                   # taken, but look-ups do not find it yet; all found
        gov.refuse_creates("lý do")                  # no new dossier is taken
        gov.owner(code).id_last4 / .phone_last4      # the second factor
        gov.accept(code, at, due); gov.process(code, at); gov.refuse(code, at, reason)
        gov.ask_supplement(code, at, content, papers); gov.receive_supplement(code, at, due)
        gov.ask_fee(code, at, amount); gov.receive_fee(code, at)
        gov.withdraw(code, at); gov.stop(code, at, reason); gov.finish(code, at); gov.hand_over(code, at)

        gov.fault("timeout", "DongBoHoSoMC", accepted=True)   # see faults.Fault for the kinds
        with gov.gate("login") as gate:              # a call stops here …
            gate.wait_reached(); gate.release()      # … until it is let go
        gov.die_after("DongBoHoSoMC")                # takes effect, then the connection breaks
        gov.no_faults()

        gov.created(code), gov.updated(code), gov.existed(code), gov.lookups(code), gov.logins()
        gov.created_with("QN-…")                     # codes; two for one key: it was sent twice
        gov.peak("login")                            # the most that were under way at once
        gov.calls("TraCuuHoSo")                      # headers and bodies as they arrived
        gov.wait_calls("QUERY", 2)

        gov.pay(reference); gov.fail(reference); gov.inits(reference); gov.queries(reference)
        message = gov.confirm(reference, SoTien="1") # signed; fields changed as told
        gov.send(url, message)                       # Reply(status, body); twice: a duplicate
        gov.send(url, gov.wrong_hash(message))

Services, by which faults and calls are told apart: ``login``, those of the call end point by name, ``INIT``,
``QUERY``, ``GET_BILL``, ``authorize``, ``token``, ``userinfo``, ``introspect``, ``emc``, ``portal``.

``process.Outside`` runs it as a process of its own (``python -m tests.doubles.gov --port N --state FILE``);
what it received is in the file and survives a restart.
"""
