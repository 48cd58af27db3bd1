"""Forms of instruments, laid out as cells, groups and tables, blank or filled; as workbooks and documents."""
