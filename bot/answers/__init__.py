"""From a kind of question and a record to an answer. Pure: no network, clock or database."""
