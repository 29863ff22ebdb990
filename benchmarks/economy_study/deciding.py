"""TEMPORARY stand-in until the mechanisms land."""
import random
import networkx as nx
from pysched.conflicts import *
from pysched.conflicts.decision import Payment
from pysched.facts.hours import candidates

class O:
    days_apart=True
    description={}
    def __init__(s,network,week):
        s.able={d:set(n) for d,n in candidates(network,week).items()}; s.week=week; s.net=network
        s.cache={}
    def feasible(s,away):
        return all(s.day(d,frozenset(n)) for d,n in away.items())
    def day(s,d,names):
        k=(d,names)
        if k not in s.cache:
            g=nx.Graph(); ds=[x for x in s.able if x.day==d]
            g.add_nodes_from([("d",x.task) for x in ds])
            off=names|{p for p,q in s.week.granted if q==d}
            # a person may do one duty per day
            for x in ds:
                for p in s.able[x]-off: g.add_edge(("d",x.task),p)
            def m(g): return len(nx.bipartite.hopcroft_karp_matching(g,[("d",x.task) for x in ds]))//2
            full=nx.Graph(); full.add_nodes_from([("d",x.task) for x in ds])
            for x in ds:
                for p in s.able[x]: full.add_edge(("d",x.task),p)
            s.cache[k]= m(g)>=m(full)
        return s.cache[k]
def oracle_of(network,week,rules): return O(network,week)
def decide(c,state,seed,rules):
    rng=random.Random(seed); r={n:rng.random() for n in c.claimants}
    days=c.days
    if c.kind=="day_off":
        w=state.wheels.get("day_off",{})
        order=sorted(c.claims,key=lambda x:(w.get(x.physician,(-1,0)),r[x.physician]))
    else: order=sorted(c.claims,key=lambda x:(-x.bid_cents,r[x.physician]))
    got=[];lost=[]
    for x in order:
        if state.oracle.feasible({d:frozenset(got+[x.physician]) for d in x.days}): got.append(x.physician)
        else: lost.append(x)
    free=not lost
    pay=[];pend=0
    if lost and c.kind!="day_off":
        top=max(x.bid_cents for x in lost)
        for n in got:
            b=c.claim_of(n).bid_cents
            p=min(b,max(top,rules.least_bid_cents)) if rules.price=="uniform" else b
            if p: pay.append(Payment("person:"+n,"escrow:"+c.id,p)); pend+=p
    pending={}
    if pend:
        if rules.distribution=="on_duty": pending={days[0]:pend}
        elif rules.distribution=="losers":
            from pysched.bank.amount import split
            for n,p in split(pend,{x.physician:1 for x in lost}).items():
                if p: pay.append(Payment("escrow:"+c.id,"person:"+n,p))
        else: pay.append(Payment("escrow:"+c.id,"pool:surplus",pend))
    return Decision(c.id,"stub",{n:c.claim_of(n).days for n in got},free={n:c.claim_of(n).days for n in got} if free else {},moved=tuple(got) if not free and c.kind=="day_off" else (),payments=tuple(pay),pending_cents=pending)
