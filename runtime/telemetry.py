"""Logs and traces. Both carry ids, never names, phone numbers or scores."""

import logging
import sys
from contextlib import AbstractContextManager
from typing import Any

import structlog
import structlog.tracebacks
from opentelemetry import propagate, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from runtime.settings import settings


def log(name: str) -> Any:
    """A structured logger. Bind ids to it; a name, a phone or a score does not belong in a log."""
    return structlog.get_logger(name)


def set_up(service: str) -> None:
    """Configure logging and, when an endpoint is set, tracing, for one process."""
    level = logging.getLevelNamesMapping()[settings().log_level.upper()]
    logging.basicConfig(stream=sys.stderr, level=level, format="%(levelname)s %(name)s %(message)s")
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(
                structlog.tracebacks.ExceptionDictTransformer(show_locals=False)  # locals hold names and scores
            ),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    endpoint = settings().otel_endpoint
    if endpoint:
        provider = TracerProvider(resource=Resource.create({"service.name": f"schoolos-{service}"}))
        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint)))
        trace.set_tracer_provider(provider)


def span(name: str, **attributes: str | int) -> AbstractContextManager[trace.Span]:
    """A span of the program's own tracer, current while the block runs."""
    return trace.get_tracer("schoolos").start_as_current_span(name, attributes=attributes)


def trace_context() -> dict[str, Any]:
    """The current trace as W3C headers, to travel with an event."""
    carrier: dict[str, str] = {}
    propagate.inject(carrier)
    return dict(carrier)
