"""Looking back at turns: filters, labels of reviewers, samples for audits."""
