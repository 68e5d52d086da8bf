"""Pages the gateway renders for citizens: forms, checklists, receipts."""
