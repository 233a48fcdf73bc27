"""What everything runs on: settings, database, transaction, outbox, files, telemetry, errors."""
