"""The words of figures in Chinese and English: pure functions of numbers, for findings and pages alike."""
