"""What is decided: a room for each subject; none imports the command line or the site."""
