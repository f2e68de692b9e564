-- wrk script: every request publishes another achievement of about 1 kB. The environment gives JINGWEI_TOKEN, JINGWEI_OWNER and
-- JINGWEI_RUN, a word that makes the titles of this run unique. One thread only (-t1), since each would count from 0.
dofile(os.getenv("JINGWEI_BENCH") .. "/report.lua")

local text = "以双向拉伸与纳米片层阻隔相结合，氧气透过率降到原来的十分之一。"
while #text < 640 do text = text .. "厚度公差±3%，雾度低于 4%。" end
local before = '{"publish":true,"fields":{"owner":"' .. os.getenv("JINGWEI_OWNER") ..
  '","segment":"chem.polymer","region":"330402","trl":6,"price_fen":120000000,"transfer_ways":["licence"],"valid_to":"2099-12-31","text":"' ..
  text .. '","title":"高阻隔聚酰胺薄膜 ' .. os.getenv("JINGWEI_RUN") .. "-"
local after = '"}}'
local number_digits = 8
local head = "POST /api/v1/registers/achievements/entries HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAuthorization: Bearer " ..
  os.getenv("JINGWEI_TOKEN") .. "\r\nContent-Length: " .. (#before + number_digits + #after) .. "\r\n\r\n" .. before

local number = 0
function request()
  number = number + 1
  return head .. string.format("%08d", number) .. after
end
