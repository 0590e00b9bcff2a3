"""The brief as a Word file by GB/T 9704-2012, with native charts and headings that the navigation shows."""

from pages.shared.export.docx.write import to_docx

__all__ = ["to_docx"]
