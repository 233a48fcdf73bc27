"""Why a file is not taken in: one error a reason, each with a sentence that says what to do."""

from runtime.errors import InvalidInput


class DocumentRefused(InvalidInput):
    """A file that cannot become a document; nothing of it is indexed."""

    code = "document_refused"


class FileTooLarge(DocumentRefused):
    code = "file_too_large"


class FileEmpty(DocumentRefused):
    code = "file_empty"


class FileTypeUnknown(DocumentRefused):
    code = "file_type_unknown"


class FileMisnamed(DocumentRefused):
    code = "file_misnamed"


class FileEncrypted(DocumentRefused):
    code = "file_encrypted"


class FileCorrupt(DocumentRefused):
    code = "file_corrupt"


class FileHasMacros(DocumentRefused):
    code = "file_has_macros"


class FileExpandsTooFar(DocumentRefused):
    code = "file_expands_too_far"


class FileHasNoText(DocumentRefused):
    code = "file_has_no_text"


class TooManyPages(DocumentRefused):
    code = "too_many_pages"
