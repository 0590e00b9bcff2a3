"""The parts of the page 数据导入: from files that were dropped to a revision that is published."""
