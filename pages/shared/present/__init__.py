"""Presenter mode 演示模式: the deck of one commit, slide by slide, with nothing of the frame around it."""
