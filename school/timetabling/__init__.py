"""Timetables as a pure engine: no database, no web. A problem goes in, a checked timetable (or the reason there is none) comes out."""
