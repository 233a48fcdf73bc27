"""The early warning judged on any school's data: a CSV in one form, brought into a school of its own."""
