"""The parts of 数据质量: who reported, what the checks find, what is missing, and what revisions changed."""
