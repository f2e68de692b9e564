-- wrk script: GET of the URL on the command line; JINGWEI_TOKEN, when set, is sent as API token.
dofile(os.getenv("JINGWEI_BENCH") .. "/report.lua")

local token = os.getenv("JINGWEI_TOKEN")
if token then wrk.headers["Authorization"] = "Bearer " .. token end
