@echo off
rem The scripts of package.json that wait for Ctrl-C begin with the word exec, which tells a POSIX shell to step aside:
rem else it would die of the same Ctrl-C, and hide that all ended well. cmd.exe has no such word; this is it.
%*
