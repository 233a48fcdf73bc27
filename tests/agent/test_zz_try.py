import time, json
from tests.agent.conftest import *  # noqa
LINES=[("teacher",["hello","what can you do?","Who is absent in JSS 2 Ruby today?","how is jss2 ruby doing in mathematics last term?","and English?","all present in JSS 2 Ruby today except Tunde, Ada came late","yes","undo that","yes","abeg show me who no come today","who teaches physics in JSS 2?","what is the capital of France?","show me the scores","show attendance of Ada this term","and Tunde?","whta class is zainab in"]),
("guardian",["how did he do in maths?","how did Ada do in maths last term?","how did Tunde do in maths?","was my daughter in school today?"]),
("head",["who teaches physics?","how is JSS 2 Topaz doing in maths","no, JSS 2 Ruby"])]
async def test_try(talk, school):
    for who, lines in LINES:
        c = talk(who); print('=====',who)
        for l in lines:
            t=time.perf_counter(); a=await c(l); dt=(time.perf_counter()-t)*1000
            print('>',l); print('   [%s %dms]'%(a.status,dt), a.text.replace('\n','\n   ')[:600]); 
            if a.approvals: print('   CARD', a.approvals[0]['title'], a.approvals[0]['preview']['summary'])
