"""Work behind the doors: the relay, event consumers, actors, runs and the schedule. Nobody imports this package."""
