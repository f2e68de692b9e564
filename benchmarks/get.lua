-- wrk script: GET of the URL on the command line.
dofile(os.getenv("JINGWEI_BENCH") .. "/report.lua")
