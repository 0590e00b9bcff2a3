"""A small county's ledgers as townships send them, written by hand as text, made into files by code.

`python -m tests.ledgers FOLDER` writes all of them: the profile, two good months, good files by themselves
and bad ones with one defect each. Each text in good/ says what it shows; in all:

    titles, units, months          every enterprise ledger; the title, the unit or the file names the township
    headers of two, three levels   柳湾镇 09 and 10, 驿站台账; 人员统计 10
    merges, 同上, blanks            柳湾镇 09, 人员统计 09, 任务 09; 东塘 09, 经开区 10
    totals, footers, 续表, sheets   柳湾镇 09 and 10, 驿站台账 09; 东塘 09, 经开区 09, 任务 10
    numbers, words, dates          东塘 09, 石桥 09, 关爱 09 and 10, 人员统计 09, 柳湾镇 09, 任务 09, 目标 09
    names, aliases, abolition      东塘 09, 石桥 10, 经开区 10; 诉求 09, 驿站台账 09
    kinds of files, encodings      .xls 柳湾 09, .et 驿站 10, wrong endings 石桥 10 and 经开区 10,
                                   UTF-8 with and without mark 石桥, GB18030 东塘 10, UTF-16 目标 10
    deadlines, statuses, forms     诉求 09 and 10; all six forms of organisations in the enterprise ledgers

bad.py has the rest: one file for each defect of a file, a sheet, a cell, a rule or a person's number.
"""
